package sun.management;

public interface VMManagement {

    long getTotalThreadCount();

    int getLiveThreadCount();
}
