package io.corral.integration.views;

import java.io.IOException;

/** Waits for a line, and uses nothing of Corral. */
final class IdleProgram {

    private IdleProgram() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("ready");
        System.in.read();
    }
}
