package io.github.consentbridge.mapping.settle;

import static io.github.consentbridge.mapping.settle.World.COLUMN;
import static io.github.consentbridge.mapping.settle.World.F;
import static io.github.consentbridge.mapping.settle.World.NEWSLETTER;
import static io.github.consentbridge.mapping.settle.World.T;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Observation;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What people do in the two systems. */
enum Action {
    DIDOMI_GRANT,
    DIDOMI_REFUSAL,
    DYNAMICS_GRANT,
    DYNAMICS_REFUSAL,
    UNRELATED_EDIT,
    CONTACT_RECREATED,
    BACKDATED_REFUSAL;

    World in(World world, Instant now) {
        return switch (this) {
            case DIDOMI_GRANT -> chosenInDidomi(world, T, now, now);
            case DIDOMI_REFUSAL -> chosenInDidomi(world, F, now, now);
            case DYNAMICS_GRANT -> chosenInDynamics(world, T, now);
            case DYNAMICS_REFUSAL -> chosenInDynamics(world, F, now);
            case UNRELATED_EDIT -> world.with(world.contact().with(Map.of(), now));
            case CONTACT_RECREATED -> recreated(world, now);
            case BACKDATED_REFUSAL -> chosenInDidomi(world, F, now.minusMillis(1500), now);
        };
    }

    private static World chosenInDidomi(World world, ConsentValue value, Instant createdAt, Instant now) {
        World.Didomi didomi = world.didomi().with(World.USER, value, createdAt, now);
        Choice choice = Choice.inDidomi(NEWSLETTER, "u1", value, createdAt, "d" + world.delivered());
        Observation.Origin origin =
                value.equals(didomi.value()) ? Observation.Origin.EXPLAINED : Observation.Origin.UNKNOWN;
        return world.with(didomi)
                .withMade(Side.DIDOMI, value, createdAt)
                .sending(List.of(choice), List.of(didomi.state(World.USER, origin)));
    }

    private static World chosenInDynamics(World world, ConsentValue value, Instant now) {
        boolean granted = value.equals(T);
        if (world.contact().columns().get(COLUMN).equals(granted)) {
            return world.with(world.contact().with(Map.of(), now));
        }
        World.Contact contact = world.contact().with(Map.of(COLUMN, granted), now);
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        long version = contact.tellsVersion() ? contact.etag() : Choice.UNKNOWN_VERSION;
        Choice choice = Choice.inColumn(NEWSLETTER, COLUMN, value, at, version, "d" + world.delivered());
        return world.with(contact).withMade(Side.DYNAMICS, value, at).sending(List.of(choice), List.of());
    }

    /** Has its default values: in a column that means refusal, the default reads as a grant. */
    private static World recreated(World world, Instant now) {
        Map<AttributeName, Object> defaults = new HashMap<>();
        world.contact().columns().keySet().forEach(column -> defaults.put(column, false));
        long etag = world.contact().etag() + 1;
        String id = "c" + etag;
        World.Contact contact = new World.Contact(
                id,
                etag,
                Map.copyOf(defaults),
                now.truncatedTo(ChronoUnit.SECONDS),
                world.contact().tellsVersion());
        return world.with(contact).sending(List.of(), List.of());
    }
}
