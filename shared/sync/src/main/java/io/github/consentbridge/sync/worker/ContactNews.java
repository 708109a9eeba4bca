package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.CopiedValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one delivery of Dynamics says of a person. An empty one still has the contact read and settled.
 *
 * @param choices what was decided in the contact
 * @param copied what a merge copied into the contact
 * @param deletedAt when the contact was deleted; null if it was not
 */
record ContactNews(
        List<Choice> choices,
        List<CopiedValue> copied,
        @Nullable Instant deletedAt) {}
