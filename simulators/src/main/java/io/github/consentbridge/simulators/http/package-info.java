/** What the simulated systems share: a strict loopback HTTP server, scripted faults and counters. */
@NullMarked
package io.github.consentbridge.simulators.http;

import org.jspecify.annotations.NullMarked;
