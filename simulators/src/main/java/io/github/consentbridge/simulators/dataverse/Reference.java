package io.github.consentbridge.simulators.dataverse;

import java.util.UUID;

/** The value of a lookup column. */
record Reference(String logicalName, UUID id) {}
