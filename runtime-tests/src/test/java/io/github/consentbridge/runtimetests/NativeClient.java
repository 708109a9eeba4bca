package io.github.consentbridge.runtimetests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * The runtime client's native library. By default the client unpacks it to a fixed path, where concurrent starts
 * collide; on Lambda the library is preinstalled.
 */
final class NativeClient {
    private static final String PROPERTY =
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI=";

    private NativeClient() {}

    /**
     * The JVM option with the library's path.
     *
     * @param runtime the folder of the runtime client's jars, beside which it is put
     */
    static synchronized String option(Path runtime) throws IOException {
        Path library = runtime.resolve("libaws-lambda-jni.so").toAbsolutePath();
        if (!Files.exists(library)) {
            try (ZipFile jar = new ZipFile(jar(runtime).toFile());
                    InputStream bytes = jar.getInputStream(jar.getEntry(entry()))) {
                WholeFile.write(bytes, library);
            }
        }
        return PROPERTY + library;
    }

    private static Path jar(Path runtime) throws IOException {
        try (Stream<Path> files = Files.list(runtime)) {
            return files.filter(file -> file.getFileName().toString().contains("runtime-interface-client"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IOException("no runtime client in " + runtime + ": build the project first"));
        }
    }

    private static String entry() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        boolean musl = Files.exists(Path.of("/lib/ld-musl-" + (arm ? "aarch64" : "x86_64") + ".so.1"));
        return "jni/libaws-lambda-jni.linux" + (musl ? "_musl" : "") + (arm ? "-aarch_64.so" : "-x86_64.so");
    }
}
