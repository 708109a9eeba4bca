package io.github.consentbridge.sync.rights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** By what a person is searched whose organization user id is not known. */
public sealed interface PersonQuery {
    /** By the e-mail address of the contact, in any of its three columns, whatever the case. */
    record Email(String address) implements PersonQuery {
        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("email", address);
        }
    }

    /** By the id of the contact. */
    record Contact(String id) implements PersonQuery {
        @Override
        public ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("contact", id);
        }
    }

    /** {@code {"email"}} or {@code {"contact"}}. */
    ObjectNode json();

    /**
     * What {@link #json()} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static PersonQuery of(JsonNode node) {
        return node.has("email")
                ? new Email(node.get("email").asText())
                : new Contact(node.required("contact").asText());
    }
}
