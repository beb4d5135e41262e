import { polkuApp } from './polku-app.ts';

polkuApp().app.synth();
