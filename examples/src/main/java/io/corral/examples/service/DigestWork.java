package io.corral.examples.service;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** Hashes documents. */
final class DigestWork implements Work {

    private static final int DOCUMENT_BYTES = 32 * 1024;
    private static final int DOCUMENTS = 6;

    @Override
    public String path() {
        return "/digest";
    }

    @Override
    public String unit(int number) throws GeneralSecurityException {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        for (int i = 0; i < DOCUMENTS; i++) {
            byte[] document = new byte[DOCUMENT_BYTES];
            Arrays.fill(document, (byte) (number + i));
            sha256.update(document);
        }
        return HexFormat.of().formatHex(sha256.digest(), 0, 8);
    }
}
