package io.github.consentbridge.simulators.didomi;

import io.github.consentbridge.simulators.deliveries.NumberedDelivery;

/**
 * One notification that Didomi owes its webhooks. The number is for the tests' use and not sent: Didomi has no delivery
 * id.
 *
 * @param type {@code event.created} and so on
 * @param body the JSON text that is sent
 */
public record Delivery(long number, String type, String body) implements NumberedDelivery {}
