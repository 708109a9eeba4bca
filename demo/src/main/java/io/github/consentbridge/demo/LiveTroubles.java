package io.github.consentbridge.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.consentbridge.demo.DemoSystems.Person;
import io.github.consentbridge.demo.LiveFeed.Kind;
import io.github.consentbridge.demo.LiveFeed.LiveEvent;
import io.github.consentbridge.demo.LiveFeed.Place;
import io.github.consentbridge.simulators.Simulators;
import io.github.consentbridge.simulators.http.Fault;
import io.github.consentbridge.simulators.http.Reply;
import io.github.consentbridge.simulators.http.RouteKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Faults of the simulated systems that the page switches on and off. Safe for use by several threads. */
final class LiveTroubles {
    /** What can go wrong. */
    enum Trouble {
        THROTTLED(
                "Dynamics throttles",
                "Dynamics answers the next request with 429 and asks for a few seconds. Change something in Didomi: the bridge"
                        + " waits as long as it was asked to, then writes."),
        DIDOMI_DOWN(
                "Didomi is down",
                "Didomi answers every request with 503. Change something in Dynamics: it waits in the queue and arrives as"
                        + " soon as you switch Didomi on again."),
        WEBHOOK_LOST(
                "The webhook is lost",
                "The next notification gets lost on its way. Change something: both sides differ until you press"
                        + " Reconcile, which compares them and repairs the difference."),
        HUNDRED_TIMES(
                "The same delivery a hundred times",
                "The person changes the newsletter in Didomi, and Didomi sends that delivery a hundred times. The contact is"
                        + " written once."),
        CONTACT_FAILS(
                "A contact that always fails",
                "Dynamics answers 500 whenever this person’s contact is written, as with a broken plug-in. Change something"
                        + " in Didomi: their delivery waits and is tried again, all others go on. Switch it off to let it"
                        + " through.");

        private final String label;
        private final String sentence;

        Trouble(String label, String sentence) {
            this.label = label;
            this.sentence = sentence;
        }

        /** @throws IllegalArgumentException if there is no such trouble */
        static Trouble of(String id) {
            return Arrays.stream(values())
                    .filter(trouble -> trouble.id().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no such trouble: choose one of the list"));
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isMomentary() {
            return this == HUNDRED_TIMES;
        }
    }

    private final LiveFeed feed;
    private final Clock clock;
    private final Duration throttledFor;
    private final Set<Trouble> on = EnumSet.noneOf(Trouble.class);
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private @Nullable Instant throttledUntil;

    /** @param throttledFor how long Dynamics refuses requests, counted from the first one */
    LiveTroubles(DemoSystems systems, LiveFeed feed, Duration throttledFor, Clock clock) {
        this.feed = feed;
        this.clock = clock;
        this.throttledFor = throttledFor;
        Simulators simulators = systems.simulators();
        simulators.didomi().faults().always(RouteKind.ANY, this::didomi);
        simulators.dataverse().faults().always(RouteKind.ANY, this::dynamics);
        for (Person person : systems.everyone()) {
            Fault fault = (proceed, error) -> contact(person, proceed, error);
            simulators
                    .dataverse()
                    .faults()
                    .whenHolding(RouteKind.UPDATE_CONTACT, person.contactId().toString(), fault);
        }
    }

    private Reply didomi(Supplier<Reply> proceed, IntFunction<Reply> error) {
        return isOn(Trouble.DIDOMI_DOWN) ? error.apply(503) : proceed.get();
    }

    private Reply dynamics(Supplier<Reply> proceed, IntFunction<Reply> error) {
        long seconds = throttledSeconds();
        if (seconds == 0) {
            return proceed.get();
        }
        feed.publish(new LiveEvent(
                Kind.WAITING,
                Place.DYNAMICS,
                Place.BRIDGE,
                null,
                "Dynamics answered 429: the bridge waits " + seconds + " seconds, as it was asked to."));
        return error.apply(429).with("Retry-After", Long.toString(seconds));
    }

    private Reply contact(Person person, Supplier<Reply> proceed, IntFunction<Reply> error)
            throws InterruptedException {
        return failing.contains(person.key())
                ? Fault.serverError("0x80040265").apply(proceed, error)
                : dynamics(proceed, error);
    }

    /** The seconds that are left, at least 1 while it lasts; 0 if Dynamics does not throttle. */
    private synchronized long throttledSeconds() {
        if (!on.contains(Trouble.THROTTLED)) {
            return 0;
        }
        Instant now = clock.instant();
        Instant until = throttledUntil == null ? now.plus(throttledFor) : throttledUntil;
        throttledUntil = until;
        long left = Duration.between(now, until).toMillis();
        return left <= 0 ? 0 : (left + 999) / 1000;
    }

    /** Switches off what ends by itself. */
    void expire() {
        boolean over;
        synchronized (this) {
            over = throttledUntil != null && !throttledUntil.isAfter(clock.instant());
        }
        if (over) {
            set(Trouble.THROTTLED, false);
            feed.publish(new LiveEvent(
                    Kind.RECOVERED,
                    Place.DYNAMICS,
                    null,
                    null,
                    "Dynamics accepts requests again; what waited is written."));
        }
    }

    synchronized boolean isOn(Trouble trouble) {
        return on.contains(trouble);
    }

    synchronized void set(Trouble trouble, boolean wanted) {
        if (wanted) {
            on.add(trouble);
        } else {
            on.remove(trouble);
        }
        if (trouble == Trouble.THROTTLED) {
            throttledUntil = null;
        }
    }

    /** From now on this person's contact cannot be written, and all others can. */
    void fail(String key) {
        failing.clear();
        failing.add(key);
        set(Trouble.CONTACT_FAILS, true);
    }

    void repairContacts() {
        failing.clear();
        set(Trouble.CONTACT_FAILS, false);
    }

    /** The person whose contact cannot be written; null if all can. */
    private @Nullable String failing() {
        return failing.stream().findFirst().orElse(null);
    }

    /** Adds the list to the answer of {@code GET /api/live}. */
    synchronized void describe(ArrayNode list) {
        for (Trouble trouble : Trouble.values()) {
            list.addObject()
                    .put("id", trouble.id())
                    .put("label", trouble.label)
                    .put("on", on.contains(trouble))
                    .put("key", trouble == Trouble.CONTACT_FAILS ? failing() : null)
                    .put("momentary", trouble.isMomentary())
                    .put("sentence", trouble.sentence);
        }
    }
}
