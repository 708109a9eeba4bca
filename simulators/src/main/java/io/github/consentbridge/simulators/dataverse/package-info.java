/** Dataverse's Web API for the {@code contact} table, as a strict server on loopback. */
@NullMarked
package io.github.consentbridge.simulators.dataverse;

import org.jspecify.annotations.NullMarked;
