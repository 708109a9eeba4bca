package io.github.consentbridge.runtimetests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate of its own for servers on loopback, made with the JDK's {@code keytool}. A started process trusts it as it
 * trusts AWS: it is one of many in a copy of the JDK's trust store.
 */
public final class LoopbackCertificate {
    /** Of stores without secrets; the JDK's own trust store has it, too. */
    private static final String PASSWORD = "changeit";

    /** What a host name of the tests ends with. */
    static final String DOMAIN = "loopback.example";

    private final Path keys;
    private final Path trusted;

    private LoopbackCertificate(Path keys, Path trusted) {
        this.keys = keys;
        this.trusted = trusted;
    }

    /**
     * Makes the certificate.
     *
     * @param folder receives the stores
     * @param java home of the Java whose processes are to trust it
     */
    public static LoopbackCertificate create(Path folder, Path java) throws IOException {
        Path keys = folder.resolve("loopback.p12");
        keytool(java, keys);
        Path trusted = folder.resolve("trusted");
        try {
            KeyStore all =
                    KeyStore.getInstance(java.resolve("lib/security/cacerts").toFile(), PASSWORD.toCharArray());
            all.setCertificateEntry("loopback", load(keys).getCertificate("loopback"));
            try (OutputStream file = Files.newOutputStream(trusted)) {
                all.store(file, PASSWORD.toCharArray());
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the trust store cannot be copied", e);
        }
        return new LoopbackCertificate(keys, trusted);
    }

    private static void keytool(Path java, Path keys) throws IOException {
        Process process = new ProcessBuilder(
                        java.resolve("bin/keytool").toString(),
                        "-genkeypair",
                        "-alias",
                        "loopback",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=loopback",
                        "-ext",
                        "san=ip:127.0.0.1,dns:*." + DOMAIN,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    private static KeyStore load(Path file) throws IOException, GeneralSecurityException {
        try (InputStream bytes = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(bytes, PASSWORD.toCharArray());
            return store;
        }
    }

    /** For a server that has the certificate. */
    SSLContext server() throws IOException {
        try {
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(load(keys), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificate cannot be used", e);
        }
    }

    /** The options of a JVM that trusts the certificate. */
    public List<String> options() {
        return List.of(
                "-Djavax.net.ssl.trustStore=" + trusted.toAbsolutePath(),
                "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
    }
}
