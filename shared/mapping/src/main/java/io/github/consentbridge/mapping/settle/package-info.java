/**
 * The settle rule: what stands for one person and one Didomi value, given everything that was told and seen. Pure
 * functions of immutable records; no clock, no network.
 *
 * <p>Per person, regulation and Didomi value a {@link io.github.consentbridge.settle.Register} keeps, for each place
 * where the value shows, what was told, noticed and seen there and what is being written. The winner is never stored.
 */
@NullMarked
package io.github.consentbridge.mapping.settle;

import org.jspecify.annotations.NullMarked;
