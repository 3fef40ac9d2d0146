namespace ChatOps.Channels.Telegram;

/// <summary>What a button does when it is pressed. The first character of its payload says so; tokens begin with none of these.</summary>
internal enum PressStep
{
    /// <summary>The action itself.</summary>
    Act = '!',

    /// <summary>Asks whether it is meant.</summary>
    AskConfirm = '?',

    /// <summary>Asks for a reason.</summary>
    AskReason = '+',

    /// <summary>Takes the question back.</summary>
    Back = '<',
}
