echo "hello from $(cat /proc/sys/kernel/hostname), user $(id -u)"
