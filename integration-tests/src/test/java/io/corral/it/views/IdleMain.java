package io.corral.it.views;

/** Uses no MBean server. */
final class IdleMain {

    private IdleMain() {}

    public static void main(String[] arguments) {
        System.out.println("ran=true");
    }
}
