/** Didomi's Platform API and its webhook deliveries, as a strict server on loopback. */
@NullMarked
package io.github.consentbridge.simulators.didomi;

import org.jspecify.annotations.NullMarked;
