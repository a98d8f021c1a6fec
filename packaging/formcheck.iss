; Inno Setup 6.3 or later: per-user install, start menu, uninstall. packaging/windows.py gives Version, Program and Address.
; Written without Windows at hand: not run yet.

[Setup]
AppId={{6B0A4C0E-6D1B-4E0B-9C8E-2F6E1D5A7F31}
AppName=formcheck
AppVersion={#Version}
AppPublisher=formcheck contributors
AppSupportURL={#Address}
DefaultDirName={localappdata}\Programs\formcheck
DefaultGroupName=formcheck
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
SetupMutex=formcheck-setup
UninstallDisplayIcon={app}\formcheck-window.exe
LicenseFile=..\LICENSE

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "de"; MessagesFile: "compiler:Languages\German.isl"
Name: "es"; MessagesFile: "compiler:Languages\Spanish.isl"
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[InstallDelete]
; an older version's libraries must not stay beside the new ones
Type: filesandordirs; Name: "{app}\_internal"

[Icons]
Name: "{group}\formcheck"; Filename: "{app}\formcheck-window.exe"
Name: "{autodesktop}\formcheck"; Filename: "{app}\formcheck-window.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\formcheck-window.exe"; Description: "{cm:LaunchProgram,formcheck}"; Flags: nowait postinstall skipifsilent
