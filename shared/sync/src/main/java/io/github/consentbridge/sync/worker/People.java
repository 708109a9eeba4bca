package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.delivery.Reading.News;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The people of a batch, so that one settle serves all deliveries of a person, whichever side they come from. */
public final class People {
    private final Integration integration;
    private final Map<OrganizationUserId, PersonTask> tasks = new LinkedHashMap<>();

    People(Integration integration) {
        this.integration = integration;
    }

    void add(Delivery delivery, News news) {
        task(news.person().value()).add(delivery, news);
    }

    /** @param key the organization user id as the contact spells it */
    void add(Delivery delivery, String key, ContactNews news) {
        task(key).add(delivery, news);
    }

    private PersonTask task(String spelled) {
        return tasks.computeIfAbsent(LedgerKey.of(integration, spelled), PersonTask::new);
    }

    Collection<PersonTask> tasks() {
        return tasks.values();
    }
}
