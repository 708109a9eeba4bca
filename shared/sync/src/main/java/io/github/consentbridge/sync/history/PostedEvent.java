package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.settle.PlannedEvent;

/**
 * A consent event that Didomi has taken.
 *
 * @param id the event's id in Didomi
 */
public record PostedEvent(PlannedEvent event, String id) {}
