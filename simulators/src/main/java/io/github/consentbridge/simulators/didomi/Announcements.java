package io.github.consentbridge.simulators.didomi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.simulators.http.Json;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Converts changes to webhook bodies.
 *
 * @see <a href="https://developers.didomi.io/integrations/generic-integrations/webhooks">Webhooks</a>
 */
final class Announcements {
    private final String organizationId;
    private final Consumer<Delivery> receiver;
    private volatile boolean multiRegulation = true;
    private long lastNumber;

    Announcements(String organizationId, Consumer<Delivery> receiver) {
        this.organizationId = organizationId;
        this.receiver = receiver;
    }

    void multiRegulation(boolean enabled) {
        multiRegulation = enabled;
    }

    ObjectNode json(DidomiUser user, String regulation) {
        return user.json(organizationId, regulation);
    }

    void eventCreated(DidomiUser user, DidomiEvent event) {
        send("event.created", event.regulation(), entity(event.json(user, organizationId)));
    }

    void eventUpdated(DidomiUser user, DidomiEvent before, DidomiEvent after) {
        ObjectNode parameters = Json.object();
        parameters.set("source", after.json(user, organizationId));
        parameters.set("old_entity", before.json(user, organizationId));
        parameters.set("new_entity", after.json(user, organizationId));
        send("event.updated", after.regulation(), parameters);
    }

    void eventDeleted(DidomiUser user, DidomiEvent event) {
        send("event.deleted", event.regulation(), entity(event.json(user, organizationId)));
    }

    void userCreated(DidomiUser user, String regulation) {
        send("user.created", regulation, entity(json(user, regulation)));
    }

    void userUpdated(DidomiUser user, String regulation, ObjectNode before, @Nullable DidomiEvent source) {
        ObjectNode parameters = Json.object();
        if (source != null) {
            parameters.set("source", source.json(user, organizationId));
        }
        parameters.set("old_entity", before);
        parameters.set("new_entity", json(user, regulation));
        send("user.updated", regulation, parameters);
    }

    void userDeleted(DidomiUser user) {
        send("user.deleted", "gdpr", entity(json(user, "gdpr")));
    }

    private void send(String type, String regulation, ObjectNode parameters) {
        if (!multiRegulation && !regulation.equals("gdpr")) {
            return;
        }
        ObjectNode body = Json.object();
        body.put("type", type);
        if (multiRegulation) {
            body.put("regulation", regulation);
        }
        body.set("parameters", parameters);
        receiver.accept(new Delivery(++lastNumber, type, body.toString()));
    }

    private static ObjectNode entity(ObjectNode entity) {
        ObjectNode parameters = Json.object();
        parameters.set("entity", entity);
        return parameters;
    }
}
