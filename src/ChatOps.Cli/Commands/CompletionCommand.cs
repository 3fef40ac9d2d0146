using System.CommandLine;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops completion SHELL</c>: a script that lets the shell complete command lines.</summary>
internal static class CompletionCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var command = new Command("completion", "Print a script that lets your shell complete chatops commands.") { shell };
        command.SetAction(result =>
        {
            context.Streams.Output.Write(Script(result.GetValue(shell)!));
            return ExitCodes.Done;
        });
        return command;
    }

    private static string Script(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "fish" => Fish,
        _ => Pwsh,
    };

    private const string Bash = """
        # chatops completion for bash: save as ~/.local/share/bash-completion/completions/chatops, or: source <(chatops completion bash)
        _chatops() {
          local cur line IFS=$'\n'
          cur=${COMP_WORDS[COMP_CWORD]}
          COMPREPLY=()
          for line in $("${COMP_WORDS[0]}" complete "$COMP_POINT" "$COMP_LINE" 2>/dev/null); do
            COMPREPLY+=("$line")
          done
          if [[ $cur == *=* && $COMP_WORDBREAKS == *=* ]]; then
            COMPREPLY=("${COMPREPLY[@]#"${cur%"${cur##*=}"}"}")
          fi
        }
        complete -o default -F _chatops chatops

        """;

    private const string Zsh = """
        #compdef chatops
        # chatops completion for zsh: save as _chatops in a directory of $fpath, or: source <(chatops completion zsh)
        _chatops() {
          local -a found
          found=("${(@f)$(${words[1]} complete "${#BUFFER[1,CURSOR]}" "$BUFFER" 2>/dev/null)}")
          found=(${found:#})
          (( $#found )) && compadd -- $found || _files
        }
        compdef _chatops chatops

        """;

    private const string Fish = """
        # chatops completion for fish: save as ~/.config/fish/completions/chatops.fish
        function __chatops_complete
          set -l line (commandline -cp)
          chatops complete (string length -- "$line") "$line" 2>/dev/null
        end
        complete -c chatops -f -a '(__chatops_complete)'

        """;

    private const string Pwsh = """
        # chatops completion for PowerShell: add to $PROFILE: chatops completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName chatops -ScriptBlock {
          param($wordToComplete, $commandAst, $cursorPosition)
          chatops complete $cursorPosition "$commandAst" 2>$null | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }

        """;
}
