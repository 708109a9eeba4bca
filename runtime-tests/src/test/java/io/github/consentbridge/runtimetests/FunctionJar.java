package io.github.consentbridge.runtimetests;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A function in the folders where Lambda's runtime expects it.
 *
 * @param taskRoot the folder that is {@code /var/task} on Lambda
 * @param handler the handler's class
 */
public record FunctionJar(Path taskRoot, String handler) {
    /**
     * Puts a jar into the folder {@code lib}, as in a zip package, which is much faster than unpacking it.
     *
     * @param folder made if it is not there
     */
    public static FunctionJar inLib(Path jar, Path folder, String handler) {
        try (InputStream bytes = Files.newInputStream(jar)) {
            WholeFile.write(bytes, folder.resolve("lib/function.jar"));
            return new FunctionJar(folder, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Unpacks a jar, as Lambda does with one that is uploaded.
     *
     * @param folder made if it is not there
     */
    public static FunctionJar unpack(Path jar, Path folder, String handler) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                unpack(zip, entries.nextElement(), folder);
            }
            return new FunctionJar(folder, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path folder) throws IOException {
        Path file = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory() || !file.startsWith(folder)) {
            return;
        }
        Files.createDirectories(file.getParent());
        try (InputStream bytes = zip.getInputStream(entry)) {
            Files.copy(bytes, file);
        }
    }
}
