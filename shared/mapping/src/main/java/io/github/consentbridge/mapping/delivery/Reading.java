package io.github.consentbridge.mapping.delivery;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.DidomiState;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one delivery from Didomi says. */
public sealed interface Reading {

    /**
     * Nothing that could change a contact or a Didomi user: acknowledge and count it.
     *
     * @param key for {@link Reason#NAMES_NOBODY} the ignored key, which names no person; otherwise empty
     */
    record Ignored(Reason reason, String key) implements Reading {
        public Ignored(Reason reason) {
            this(reason, "");
        }
    }

    /** Why a delivery needs no work. */
    enum Reason {
        UNKNOWN_TYPE("unknown type"),
        ANOTHER_ORGANIZATION("another organization"),
        NO_ORGANIZATION_USER_ID("no organization user id"),
        NAMES_NOBODY("organization user id names nobody"),
        OTHER_REGULATION("other regulation"),
        PENDING_APPROVAL("pending approval"),
        OWN_EVENT("our own event"),
        NOTHING_MAPPED("nothing mapped"),
        OTHER_TABLE("other table"),
        DELETED_CONTACT_KEPT("on_contact_deleted is keep");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** For answers, logs and reports. */
        public String text() {
            return text;
        }
    }

    /**
     * What is new about one person.
     *
     * @param person as Didomi spells it
     * @param choices what was decided, and when
     * @param revoked choices that Didomi has deleted
     * @param states observations of Didomi users
     * @param reread whether Didomi recomputed the user, so that it must be read
     * @param deletedUser the Didomi user that was deleted; null if none was
     */
    record News(
            OrganizationUserId person,
            List<Choice> choices,
            List<Choice> revoked,
            List<DidomiState> states,
            boolean reread,
            @Nullable DeletedUser deletedUser)
            implements Reading {
        public News {
            choices = List.copyOf(choices);
            revoked = List.copyOf(revoked);
            states = List.copyOf(states);
        }
    }

    /** A deleted Didomi user; choices dated after {@code at} show that the person came back. */
    record DeletedUser(String userId, Instant at) {}
}
