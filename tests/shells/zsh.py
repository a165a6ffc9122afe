"""Types words and Tab into an interactive zsh, and prints what the lines are then."""
import os, pty, select, sys, time

pid, fd = pty.fork()
if pid == 0:
    os.environ.update(TERM="dumb", PS1="")
    os.execvp("zsh", ["zsh", "-f", "-i"])
def heard(seconds):
    said, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        if select.select([fd], [], [], left)[0]:
            said += os.read(fd, 65536)
    return said.decode(errors="replace")
os.write(fd, b"PROMPT=; fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D\n")
heard(2)
for words in sys.argv[1:]:
    os.write(fd, f"why401 {words}\t".encode())
    heard(1)
    # Ctrl-A and Ctrl-E: the line is printed instead of run.
    os.write(fd, b"\x01print -r -- 'LINE: \x05'\n")
    lines = [line.strip() for line in heard(1).splitlines()]
    print(next((line[len("LINE: why401 "):].strip() for line in lines if line.startswith("LINE: ")), lines))
os.close(fd)
