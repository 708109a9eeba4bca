/** Entra ID's token endpoint for client credentials. */
@NullMarked
package io.github.consentbridge.simulators.entra;

import org.jspecify.annotations.NullMarked;
