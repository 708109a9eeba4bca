/**
 * The settle rule, R1 to R6 in {@code docs/architecture.md}: which choice wins for one person and one Didomi value, and
 * what must be written. Pure functions of immutable records; no clock, no network.
 *
 * <p>For each person, regulation and Didomi value a {@link io.github.consentbridge.mapping.settle.ConsentRecord} keeps,
 * for each replica, the reported choices, the inferred choice, the observed value and the pending writes. The winner is
 * never stored; it is computed from these.
 */
@NullMarked
package io.github.consentbridge.mapping.settle;

import org.jspecify.annotations.NullMarked;
