package io.corral.benchmarks.process;

/** The least there is to start: prints a line. */
public final class Hello {

    private Hello() {}

    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
