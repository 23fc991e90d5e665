package io.corral.integration.limits;

/** Another process that uses all CPUs, until it is killed. */
final class NeighbourProgram {

    private static final int THREADS_A_CPU = 4;

    private NeighbourProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        int threads = THREADS_A_CPU * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < threads; i++) {
            Thread burner = new Thread(() -> {
                while (true) {
                    Thread.onSpinWait();
                }
            });
            burner.setDaemon(true);
            burner.start();
        }
        System.out.println("burns");
        Thread.currentThread().join();
    }
}
