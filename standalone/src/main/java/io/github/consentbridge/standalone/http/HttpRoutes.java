package io.github.consentbridge.standalone.http;

import io.github.consentbridge.sync.intake.Admission;
import io.github.consentbridge.sync.intake.Answer;
import io.github.consentbridge.sync.intake.WebhookEndpoint;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Hands each request to the endpoint that answers its path. Deliveries and health have threads of their own, so that health
 * is answered while every delivery waits for the disk.
 */
public final class HttpRoutes implements Site {
    private static final WebhookReply BUSY =
            WebhookReply.json(503, "{\"status\":\"unavailable\",\"reason\":\"cannot be stored now, send it again\"}");
    private static final WebhookReply HANGING = WebhookReply.json(
            503, "{\"status\":\"down\",\"problems\":[\"the store does not answer: look at the disk\"]}");
    private static final WebhookReply WRONG_METHOD =
            WebhookReply.json(405, "{\"status\":\"refused\",\"reason\":\"only GET is answered here\"}");

    private final List<WebhookEndpoint> webhooks;
    private final Supplier<WebhookReply> health;

    /** Each thread may wait for the store, which writes what many of them bring at the same time; their stacks are small. */
    private final WorkerPool deliveries;

    private final WorkerPool looks;

    /**
     * The routes of a bridge.
     *
     * @param health answers {@code GET /health}; may block
     */
    public HttpRoutes(
            WebhookEndpoint didomi, WebhookEndpoint dynamics, Supplier<WebhookReply> health, OutcomeLog outcomeLog) {
        this(didomi, dynamics, health, Duration.ofSeconds(15), Duration.ofSeconds(5), outcomeLog);
    }

    /**
     * The same with other bounds.
     *
     * @param toStore within which a delivery is answered
     * @param toLook within which health is answered
     */
    HttpRoutes(
            WebhookEndpoint didomi,
            WebhookEndpoint dynamics,
            Supplier<WebhookReply> health,
            Duration toStore,
            Duration toLook,
            OutcomeLog outcomeLog) {
        this.webhooks = List.of(didomi, dynamics);
        this.health = health;
        this.deliveries = new WorkerPool("http-delivery", 64, 192, toStore, BUSY, outcomeLog);
        this.looks = new WorkerPool("http-health", 2, 62, toLook, HANGING, outcomeLog);
    }

    @Override
    public void handle(Exchange exchange) {
        String path = exchange.head().path();
        Optional<WebhookEndpoint> webhook =
                webhooks.stream().filter(one -> one.serves(path)).findFirst();
        if (webhook.isPresent()) {
            deliveries.run(exchange, () -> receive(webhook.get(), exchange));
        } else if (!path.equals("/health")) {
            exchange.reply(WebhookReply.of(Answer.UNKNOWN_PATH));
        } else if (exchange.head().method().equals("GET")) {
            looks.run(exchange, () -> exchange.reply(health.get()));
        } else {
            exchange.reply(WRONG_METHOD.with("allow", "GET"));
        }
    }

    private void receive(WebhookEndpoint webhook, Exchange exchange) {
        if (exchange.isAnswered()) {
            // It waited for a thread for too long.
            return;
        }
        Admission admission = webhook.check(exchange.head());
        if (admission instanceof Admission.Admitted admitted) {
            exchange.readBody(admitted.maxBytes(), deliveries, body -> exchange.reply(admitted.accept(body)));
        } else {
            exchange.reply(((Admission.Refused) admission).reply());
        }
    }

    @Override
    public void close() {
        deliveries.close();
        looks.close();
    }
}
