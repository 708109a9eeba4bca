package io.github.consentbridge.sync;

import io.github.consentbridge.delivery.Reading.News;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.queue.Delivery;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The people of a batch, so that one settle serves all deliveries of a person, whichever side they come from. */
final class People {
    private final Integration integration;
    private final Map<OrganizationUserId, PersonTask> tasks = new LinkedHashMap<>();

    People(Integration integration) {
        this.integration = integration;
    }

    /** Didomi's news come first: only they tell how Didomi spells the organization user id. */
    void add(Delivery delivery, News news) {
        task(news.person().value(), news.person().value()).add(delivery, news);
    }

    /** @param key the organization user id as the contact spells it */
    void add(Delivery delivery, String key, ContactNews news) {
        task(key, LedgerKey.of(integration, key).value()).add(delivery, news);
    }

    private PersonTask task(String spelled, String didomiId) {
        return tasks.computeIfAbsent(LedgerKey.of(integration, spelled), key -> new PersonTask(key, didomiId));
    }

    Collection<PersonTask> tasks() {
        return tasks.values();
    }
}
