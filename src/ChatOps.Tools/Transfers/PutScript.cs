namespace ChatOps.Tools.Transfers;

/// <summary>
/// What puts a file in its place on a node: one fixed script for every kind of node, whose arguments are words and never text of a shell. The content
/// is its standard input; it is checked in a temporary file beside its place, made durable, and then takes the place in one step.
/// </summary>
internal static class PutScript
{
    /// <summary>What it exits with when the file's state is not the expected one.</summary>
    public const int Drifted = 75;

    /// <summary>What it exits with when the content did not arrive whole.</summary>
    public const int NotWhole = 65;

    /// <summary>For <c>before</c>: whatever is there.</summary>
    public const string Any = "any";

    /// <summary>For <c>before</c>: no file.</summary>
    public const string None = "none";

    /// <summary>The script. Its arguments: path, SHA-256, size, mode, owner, backup, before, stamp; an empty one keeps what is there.</summary>
    public const string Text = """
        umask 077
        path=$1 sha=$2 size=$3 mode=$4 owner=$5 backup=$6 before=$7 stamp=$8
        stop() { printf '%s\n' "$1"; exit "$2"; }
        sum() { sha256sum < "$1" | cut -d ' ' -f 1; }
        dir=${path%/*}; [ -n "$dir" ] || dir=/
        name=${path##*/}
        cd -P -- "$dir" 2>/dev/null || stop "$dir is not there, or this user may not enter it." 1
        [ "$(pwd -P)" = "$dir" ] || stop "$dir leads over a link to $(pwd -P): name that path." 1
        [ ! -L "./$name" ] || stop "$path is a link: name the file that it leads to." 1
        [ ! -e "./$name" ] || [ -f "./$name" ] || stop "$path is there and is no plain file." 1
        now=none
        if [ -f "./$name" ]; then now=$(sum "./$name"); fi
        [ "$before" = any ] || [ "$before" = "$now" ] || stop "$path is not any more what it was when this was asked; nothing was changed." 75
        temp=$(mktemp "./.chatops-put.XXXXXX") || stop "Nothing can be written to $dir." 1
        trap 'rm -f -- "$temp"' EXIT
        trap 'exit 1' HUP INT TERM
        cat > "$temp" || stop "The content could not be written to $dir; is the disk full?" 1
        got=$(sum "$temp")
        if [ "$got" != "$sha" ]; then
          [ -s "$temp" ] || stop "No content came: the daemon on this node is older than the gateway and takes no files. Bring it up to date." 65
          stop "What came is not the content that was sent (sha256 $got); nothing was changed." 65
        fi
        if [ -z "$mode" ]; then mode=0644; if [ "$now" != none ]; then mode=$(stat -c %a "./$name"); fi; fi
        if [ -z "$owner" ] && [ "$now" != none ]; then owner=$(stat -c %u:%g "./$name"); fi
        if [ -n "$owner" ] && [ "$owner" != "$(stat -c %u:%g "$temp")" ]; then
          chown -- "$owner" "$temp" || stop "The owner $owner cannot be given by this user; nothing was changed." 1
        fi
        chmod -- "$mode" "$temp" || stop "The mode $mode cannot be given; nothing was changed." 1
        kept=
        if [ "$backup" = true ] && [ "$now" != none ]; then
          kept=$name.bak-$stamp
          ln -- "./$name" "./$kept" 2>/dev/null || cp -p -- "./$name" "./$kept" || stop "The copy $kept could not be made; nothing was changed." 1
        fi
        sync "$temp" 2>/dev/null || sync
        mv -f -- "$temp" "./$name" || stop "$path could not be replaced." 1
        sync . 2>/dev/null || sync
        [ "$(sum "./$name")" = "$sha" ] || stop "$path was replaced and is not what was sent: somebody else wrote it at the same moment." 65
        printf 'mode=%s\nowner=%s\nbefore=%s\nbackup=%s\n' "$(stat -c %a "./$name")" "$(stat -c %U:%G "./$name")" "$now" "$kept"
        """;
}
