package io.github.consentbridge.sync.intake;

import io.github.consentbridge.mapping.document.AddressRange;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxies that stand in front of a server. Each appends to {@code X-Forwarded-For} the address that called it, so the
 * last address that is not a proxy's is the sender's. What stands further left was written by the sender and counts for
 * nothing.
 */
public final class Proxies {
    /** An address, perhaps with a port: {@code 203.0.113.7:4711}, {@code [2001:db8::1]:443}. */
    private static final Pattern WITH_PORT = Pattern.compile("\\[(?<v6>[^\\]]*)\\](:\\d+)?|(?<v4>[0-9.]+):\\d+");

    private static final List<AddressRange> LOOPBACK = Stream.of("127.0.0.0/8", "::1")
            .flatMap(range -> AddressRange.parse(range).stream())
            .toList();

    private final boolean inFront;
    private final List<AddressRange> trusted;

    private Proxies(boolean inFront, List<AddressRange> trusted) {
        this.inFront = inFront;
        this.trusted = List.copyOf(trusted);
    }

    /** Senders call directly, and the header is not looked at. */
    public static Proxies none() {
        return new Proxies(false, List.of());
    }

    /**
     * Senders call through one or several proxies.
     *
     * @param trusted the proxies' addresses. The caller on the same machine is one of them without being named; so is any
     *     caller if none is named at all
     */
    public static Proxies inFront(List<AddressRange> trusted) {
        return new Proxies(true, trusted);
    }

    /**
     * Senders call through the proxies that the integration document names, or directly if it names none.
     *
     * @param trusted addresses and CIDR ranges
     */
    static Proxies named(List<String> trusted) {
        return trusted.isEmpty()
                ? none()
                : inFront(trusted.stream()
                        .flatMap(range -> AddressRange.parse(range).stream())
                        .toList());
    }

    /** The address of the sender of a request, whose host knows the caller; see {@link #sender(String, List)}. */
    String sender(RequestHead head) {
        return sender(
                head.sourceAddress(),
                head.header("x-forwarded-for").map(List::of).orElse(List.of()));
    }

    /**
     * The address of the sender of a request.
     *
     * @param caller the IP address at the other end of the connection
     * @param forwardedFor the values of {@code X-Forwarded-For}, in their order
     * @return an IP address without a port, or what a proxy wrote instead of one
     */
    public String sender(String caller, List<String> forwardedFor) {
        if (!inFront || !isProxy(caller)) {
            return caller;
        }
        List<String> hops = new ArrayList<>();
        forwardedFor.forEach(
                value -> Stream.of(value.split(",")).map(Proxies::address).forEach(hops::add));
        String sender = caller;
        for (int hop = hops.size() - 1; hop >= 0; hop--) {
            sender = hops.get(hop);
            if (!isTrusted(sender)) {
                return sender;
            }
        }
        return sender;
    }

    private boolean isProxy(String caller) {
        return trusted.isEmpty() || isTrusted(caller) || LOOPBACK.stream().anyMatch(range -> range.contains(caller));
    }

    private boolean isTrusted(String address) {
        return trusted.stream().anyMatch(range -> range.contains(address));
    }

    private static String address(String entry) {
        Matcher withPort = WITH_PORT.matcher(entry.strip());
        if (!withPort.matches()) {
            return entry.strip();
        }
        String v6 = withPort.group("v6");
        return v6 == null ? withPort.group("v4") : v6;
    }
}
