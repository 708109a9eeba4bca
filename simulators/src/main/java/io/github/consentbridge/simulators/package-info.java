/** Didomi, Dataverse and Entra as strict HTTP servers on loopback, for tests, the demo and benchmarks. */
@NullMarked
package io.github.consentbridge.simulators;

import org.jspecify.annotations.NullMarked;
