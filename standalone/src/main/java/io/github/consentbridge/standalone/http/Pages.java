package io.github.consentbridge.standalone.http;

import io.github.consentbridge.sync.intake.Answer;
import io.github.consentbridge.sync.intake.WebhookReply;
import io.github.consentbridge.sync.logging.OutcomeLog;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an operator's programs read with GET, each page at its path. They have threads of their own, and may block. */
public final class Pages implements Site {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final WebhookReply HANGING = WebhookReply.json(
            503, "{\"status\":\"down\",\"problems\":[\"the store does not answer: look at the disk\"]}");
    private static final WebhookReply WRONG_METHOD =
            WebhookReply.json(405, "{\"status\":\"refused\",\"reason\":\"only GET is answered here\"}");

    private final Map<String, Supplier<WebhookReply>> pages;
    private final WorkerPool looks;

    /** @param pages by their paths; each is answered within five seconds */
    public Pages(Map<String, Supplier<WebhookReply>> pages, OutcomeLog outcomeLog) {
        this(pages, PATIENCE, outcomeLog);
    }

    /** The same with another bound. */
    Pages(Map<String, Supplier<WebhookReply>> pages, Duration patience, OutcomeLog outcomeLog) {
        this.pages = Map.copyOf(pages);
        this.looks = new WorkerPool("http-health", 2, 62, patience, HANGING, outcomeLog);
    }

    @Override
    public void handle(Exchange exchange) {
        @Nullable Supplier<WebhookReply> page = pages.get(exchange.head().path());
        if (page == null) {
            exchange.reply(WebhookReply.of(Answer.UNKNOWN_PATH));
        } else if (exchange.head().method().equals("GET")) {
            looks.run(exchange, () -> exchange.reply(page.get()));
        } else {
            exchange.reply(WRONG_METHOD.with("allow", "GET"));
        }
    }

    @Override
    public void close() {
        looks.close();
    }
}
