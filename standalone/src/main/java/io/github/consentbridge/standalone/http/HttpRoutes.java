package io.github.consentbridge.standalone.http;

import io.github.consentbridge.sync.intake.Admission;
import io.github.consentbridge.sync.intake.WebhookEndpoint;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Hands each request to the endpoint that answers its path. Deliveries have threads of their own, so that pages are answered
 * while every delivery waits for the disk.
 */
public final class HttpRoutes implements Site {
    private static final WebhookReply BUSY =
            WebhookReply.json(503, "{\"status\":\"unavailable\",\"reason\":\"cannot be stored now, send it again\"}");

    private final List<WebhookEndpoint> webhooks;
    private final Pages pages;

    /** Each thread may wait for the store, which writes what many of them bring at the same time; their stacks are small. */
    private final WorkerPool deliveries;

    /** @param pages answer every path that is not a webhook's */
    public HttpRoutes(WebhookEndpoint didomi, WebhookEndpoint dynamics, Pages pages, OutcomeLog outcomeLog) {
        this(didomi, dynamics, pages, Duration.ofSeconds(15), outcomeLog);
    }

    /**
     * The same with another bound.
     *
     * @param toStore within which a delivery is answered
     */
    HttpRoutes(WebhookEndpoint didomi, WebhookEndpoint dynamics, Pages pages, Duration toStore, OutcomeLog outcomeLog) {
        this.webhooks = List.of(didomi, dynamics);
        this.pages = pages;
        this.deliveries = new WorkerPool("http-delivery", 64, 192, toStore, BUSY, outcomeLog);
    }

    @Override
    public void handle(Exchange exchange) {
        String path = exchange.head().path();
        Optional<WebhookEndpoint> webhook =
                webhooks.stream().filter(one -> one.serves(path)).findFirst();
        if (webhook.isPresent()) {
            deliveries.run(exchange, () -> receive(webhook.get(), exchange));
        } else {
            pages.handle(exchange);
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
        pages.close();
    }
}
