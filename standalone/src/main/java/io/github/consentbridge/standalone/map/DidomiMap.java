package io.github.consentbridge.standalone.map;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.delivery.BridgeIdentity;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.delivery.Reading;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the choice that a delivery of Didomi contains for each mapped column. */
final class DidomiMap {
    private final Integration integration;
    private final DidomiReader reader;

    DidomiMap(Integration integration) {
        this.integration = integration;
        this.reader = new DidomiReader(integration, BridgeIdentity.ofDidomi(integration::organizationId));
    }

    DeliveryReport of(String body, String delivery, Instant receivedAt) throws MalformedDeliveryException {
        Reading reading = reader.read(body, delivery, receivedAt);
        return reading instanceof Reading.News news
                ? of(news)
                : new DeliveryReport(Side.DIDOMI, null)
                        .ignoreAll(
                                integration.mappings(),
                                ((Reading.Ignored) reading).reason().text());
    }

    private DeliveryReport of(Reading.News news) {
        DeliveryReport report = new DeliveryReport(Side.DIDOMI, news.person().value());
        for (Mapping mapping : integration.mappings()) {
            newest(news.choices(), mapping)
                    .ifPresentOrElse(
                            choice -> report.choose(mapping, choice), () -> report.ignore(mapping, reason(news)));
        }
        return report;
    }

    private static Optional<Choice> newest(List<Choice> choices, Mapping mapping) {
        return choices.stream()
                .filter(choice -> choice.recordId().equals(ConsentRecordId.of(mapping)))
                .max(Comparator.comparing(Choice::decidedAt));
    }

    private static String reason(Reading.News news) {
        if (news.deletedUser() != null) {
            return "the Didomi user was deleted: on_user_deleted decides what happens";
        }
        return news.reread()
                ? "the Didomi user is read again before anything is written"
                : "no choice in this delivery";
    }
}
