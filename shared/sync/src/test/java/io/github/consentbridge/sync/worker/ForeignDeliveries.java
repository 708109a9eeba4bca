package io.github.consentbridge.sync.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.sync.queue.Delivery;
import java.util.List;
import java.util.Set;

/**
 * The same delivery as it comes from a copied environment, or from another Didomi organization with our address: everything in
 * it is the opposite, so that whoever listens to it ends wrong.
 */
final class ForeignDeliveries {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Set<String> COLUMNS = Set.of("new_newsletter", "new_nonews", "new_offers");
    private static final String COPY = "0c0b1e55-7777-4333-8444-00000000c0c0";

    private ForeignDeliveries() {}

    static Delivery of(Delivery delivery) {
        try {
            ObjectNode body = (ObjectNode) MAPPER.readTree(delivery.body());
            turn(body);
            if (delivery.side() == Side.DYNAMICS) {
                body.put("OrganizationId", COPY);
            } else {
                for (String name : List.of("entity", "new_entity")) {
                    if (body.path("parameters").path(name) instanceof ObjectNode entity) {
                        entity.put("organization_id", "another-company");
                    }
                }
            }
            return Delivery.received(delivery.side(), delivery.person(), delivery.receivedAt(), body.toString());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static void turn(JsonNode node) {
        if (node instanceof ObjectNode object) {
            boolean column = COLUMNS.contains(object.path("key").asText());
            for (String name : List.of("enabled", "value")) {
                boolean chosen = name.equals("enabled") || column;
                if (chosen && object.path(name).isBoolean()) {
                    object.put(name, !object.path(name).booleanValue());
                }
            }
        }
        node.forEach(ForeignDeliveries::turn);
    }
}
