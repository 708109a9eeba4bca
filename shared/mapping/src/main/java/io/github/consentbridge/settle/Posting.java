package io.github.consentbridge.settle;

import io.github.consentbridge.mapping.ConsentValue;
import java.time.Instant;

/**
 * An event of ours in Didomi, on its way there or confirmed. It is remembered until Didomi is read after it landed; up
 * to then its value there is no news.
 *
 * @param createdAt the date that it carries
 * @param since when it counts as Didomi's present value: later than every user state known when it was posted
 * @param landed whether Didomi has confirmed it
 */
public record Posting(ConsentValue value, Instant createdAt, Instant since, boolean landed) {
    /** As the write on which a change depends that happened only if the event reached that user. */
    Writing asWriting() {
        return new Writing(value, createdAt.toString(), 1);
    }

    Posting confirmed() {
        return new Posting(value, createdAt, since, true);
    }
}
