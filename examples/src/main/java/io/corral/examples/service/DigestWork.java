package io.corral.examples.service;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Hashes documents. */
final class DigestWork implements Work {

    private static final int DOCUMENT_BYTES = 32 * 1024;
    private static final int DOCUMENTS = 6;
    private static final int DOCUMENTS_WHEN_BUSY = 60;
    private static final int DOCUMENTS_OF_A_LOOP = 1_800;

    private final String path;
    private final int documents;

    DigestWork() {
        this("/digest", DOCUMENTS);
    }

    private DigestWork(String path, int documents) {
        this.path = path;
        this.documents = documents;
    }

    /** Hashes more documents, for {@link Shop#BUSY_PATH}. */
    static DigestWork busy() {
        return new DigestWork(Shop.BUSY_PATH, DOCUMENTS_WHEN_BUSY);
    }

    /** Hashes for so long that other requests notice, for {@link Shop#LOOP_PATH}. */
    static DigestWork loop() {
        return new DigestWork(Shop.LOOP_PATH, DOCUMENTS_OF_A_LOOP);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String unit(int number) throws GeneralSecurityException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < documents; i++) {
            byte[] document = new byte[DOCUMENT_BYTES];
            Arrays.fill(document, (byte) (number + i));
            sha256.update(document);
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    }
}
