package io.corral.benchmarks.start;

/** The program whose start is measured. */
public final class Hello {

    private Hello() {}

    public static void main(String[] arguments) {
        System.out.println("hello");
    }
}
