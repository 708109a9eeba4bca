package io.github.consentbridge.simulators.dataverse.column;

import java.util.UUID;

/** The value of a lookup column. */
public record Reference(String logicalName, UUID id) {}
