import time

for number in range(1, 6):
    print("line", number, flush=True)
    time.sleep(0.2)
