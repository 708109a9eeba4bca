package io.github.consentbridge.simulators.didomi;

import io.github.consentbridge.simulators.deliveries.Courier;
import io.github.consentbridge.simulators.deliveries.Receiver;
import java.util.ArrayList;
import java.util.List;

/**
 * The registered webhooks: each gets every delivery. A delivery without a 2xx answer is retried five times and then
 * moved to what Didomi calls permanent storage.
 */
final class Webhooks implements Courier<Delivery> {
    private static final int ATTEMPTS = 6;

    private final WebhookCalls calls;
    private final List<Webhook> registered = new ArrayList<>();

    Webhooks(WebhookCalls calls) {
        this.calls = calls;
    }

    /** Adds the webhook, or replaces the one with its id. */
    synchronized void register(Webhook webhook) {
        unregister(webhook.id());
        registered.add(webhook);
    }

    synchronized void unregister(String id) {
        registered.removeIf(webhook -> webhook.id().equals(id));
    }

    synchronized List<Webhook> all() {
        return List.copyOf(registered);
    }

    @Override
    public List<Receiver<Delivery>> receivers(Delivery delivery) {
        return all().stream().<Receiver<Delivery>>map(Connection::new).toList();
    }

    @Override
    public boolean triesAgain(int attempts, List<Integer> statuses) {
        return attempts < ATTEMPTS;
    }

    private final class Connection implements Receiver<Delivery> {
        private final Webhook webhook;

        Connection(Webhook webhook) {
            this.webhook = webhook;
        }

        @Override
        public String id() {
            return webhook.id();
        }

        @Override
        public int post(Delivery delivery) {
            return calls.post(webhook, delivery.body());
        }
    }
}
