package io.github.consentbridge.simulators;

import io.github.consentbridge.simulators.dataverse.column.SimulatedColumn;
import io.github.consentbridge.simulators.didomi.SimulatedChoice;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * Adds the same people to both systems. Each has a contact, whose id is the organization user id, and one Didomi user
 * with one event. Purpose {@code newsletter} is in column {@code new_newsletter}, purpose {@code marketing} inverted in
 * {@code donotbulkemail}; {@code emailaddress1} and {@code new_didomiuserid} (the contact id as text) are filled.
 */
public final class People {
    private static final String[] FIRST = {"Ada", "Blaise", "Camille", "Denise", "Émile", "Florence", "Grace", "Henri"};
    private static final String[] LAST = {
        "Byron", "Curie", "Dupont", "Hopper", "Lefèvre", "Noether", "O'Brien", "Pascal"
    };

    private final Simulators simulators;
    private final Random random;

    /**
     * Defines the columns that the people need.
     *
     * @param seed the same seed gives the same people
     * @throws IllegalArgumentException if the columns already exist
     */
    public People(Simulators simulators, long seed) {
        this.simulators = simulators;
        this.random = new Random(seed);
        simulators.dataverse().column(SimulatedColumn.bool("new_newsletter"));
        simulators.dataverse().column(SimulatedColumn.text("new_didomiuserid", 100));
    }

    /**
     * Adds people without deliveries.
     *
     * @param shareDiffering share of them, 0 to 1, whose newsletter column contradicts Didomi
     * @param chosenAt the time of their choices in Didomi
     */
    public void add(int count, double shareDiffering, Instant chosenAt) {
        for (int i = 0; i < count; i++) {
            add(random.nextDouble() < shareDiffering, chosenAt);
        }
    }

    private void add(boolean differing, Instant chosenAt) {
        UUID id = new UUID((random.nextLong() & ~0xF000L) | 0x4000L, (random.nextLong() >>> 2) | Long.MIN_VALUE);
        String key = id.toString();
        boolean newsletter = random.nextBoolean();
        boolean marketing = random.nextBoolean();
        simulators
                .didomi()
                .choose(SimulatedChoice.by(key)
                        .purpose("newsletter", newsletter)
                        .purpose("marketing", marketing)
                        .at(chosenAt)
                        .silently());
        simulators
                .dataverse()
                .addContact(Map.of(
                        "contactid",
                        id,
                        "firstname",
                        FIRST[random.nextInt(FIRST.length)],
                        "lastname",
                        LAST[random.nextInt(LAST.length)],
                        "emailaddress1",
                        Long.toString(id.getMostSignificantBits() >>> 16, 36) + "@example.org",
                        "new_didomiuserid",
                        key,
                        "new_newsletter",
                        newsletter != differing,
                        "donotbulkemail",
                        !marketing));
    }
}
