package sun.management;

class HotspotThread implements HotspotThreadMBean {

    public native int getInternalThreadTimes0(String[] names, long[] times);
}
