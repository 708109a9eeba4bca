package io.github.consentbridge.aws;

import java.util.Random;
import java.util.stream.Collectors;

/** Bodies of deliveries that are hard to store. */
public final class Bodies {
    private static final String CHARACTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 !#$%&()*+,-./:;<=>?";

    private Bodies() {}

    /** A JSON object of this many bytes, which packing makes larger: Base64 costs more than gzip saves. */
    public static String incompressible(int bytes) {
        String noise = new Random(7)
                .ints(bytes - 8, 0, CHARACTERS.length())
                .mapToObj(index -> CHARACTERS.substring(index, index + 1))
                .collect(Collectors.joining());
        return "{\"a\":\"" + noise + "\"}";
    }
}
