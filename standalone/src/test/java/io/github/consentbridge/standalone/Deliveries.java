package io.github.consentbridge.standalone;

import java.time.Instant;
import java.util.UUID;

/** Bodies as Didomi sends them. */
public final class Deliveries {
    private Deliveries() {}

    /** Somebody grants or refuses the purpose {@code newsletter}. */
    public static String newsletter(String person, boolean granted, Instant at) {
        return """
                {"type":"event.created","regulation":"gdpr","parameters":{"entity":{"id":"%s","organization_id":"acme",\
                "created_at":"%s","updated_at":"%s","status":"confirmed","regulation":"gdpr",\
                "user":{"id":"u-%s","organization_user_id":"%s"},\
                "consents":{"purposes":[{"id":"newsletter","enabled":%s}],"vendors":{"enabled":[],"disabled":[]}}}}}""".formatted(
                UUID.nameUUIDFromBytes((person + at + granted).getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                at,
                at,
                person,
                person,
                granted);
    }
}
