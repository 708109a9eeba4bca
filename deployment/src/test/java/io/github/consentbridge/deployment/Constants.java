package io.github.consentbridge.deployment;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;

/** Reads the strings of compiled classes, which contain the names of the variables that the code reads. */
final class Constants {
    private static final int MAGIC_AND_VERSION = 8;
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;

    private Constants() {}

    /**
     * The strings of a class file, including names of types and methods.
     *
     * @see <a href="https://docs.oracle.com/javase/specs/jvms/se17/html/jvms-4.html#jvms-4.4">The constant pool</a>
     */
    static Set<String> of(InputStream classFile) {
        Set<String> texts = new TreeSet<>();
        try (DataInputStream data = new DataInputStream(classFile)) {
            data.skipNBytes(MAGIC_AND_VERSION);
            int count = data.readUnsignedShort();
            for (int index = 1; index < count; index++) {
                int tag = data.readUnsignedByte();
                if (tag == UTF8) {
                    texts.add(data.readUTF());
                } else {
                    data.skipNBytes(size(tag));
                }
                // These two occupy two entries.
                index += tag == LONG || tag == DOUBLE ? 1 : 0;
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int size(int tag) {
        return switch (tag) {
            case 7, 8, 16, 19, 20 -> 2;
            case 15 -> 3;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
            case LONG, DOUBLE -> 8;
            default -> throw new IllegalStateException("unknown constant " + tag);
        };
    }
}
