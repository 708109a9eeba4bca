package io.github.consentbridge.simulators.didomi;

import io.github.consentbridge.simulators.deliveries.NumberedDelivery;

/**
 * One delivery to Didomi's webhooks. The number is for tests and not sent: Didomi has no delivery id.
 *
 * @param type {@code event.created} and so on
 * @param body the JSON text that is sent
 */
public record Delivery(long number, String type, String body) implements NumberedDelivery {}
